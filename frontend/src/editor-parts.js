// The two classes that the query page mounts; the tab shell around them is not used.
import Yasgui from "@zazuko/yasgui";

export const { Yasqe, Yasr } = Yasgui;
