"""Fuseki with TDB2, its archives brought by Maven from where Maven is told to look."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.graphs.loading import Written

RELEASE = "5.2.0"
"""The last that runs on Java 17 at least."""

MEMORY = "-Xmx3g"
_DATABASE = "tdb2"
_LOADER = "tdb2.tdbloader"
_SERVER = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
_PROJECT = f"""<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>bench</groupId><artifactId>bench</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.jena</groupId><artifactId>jena-fuseki-main</artifactId>
      <version>{RELEASE}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.jena</groupId><artifactId>jena-cmds</artifactId>
      <version>{RELEASE}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j2-impl</artifactId>
      <version>2.24.1</version>
    </dependency>
  </dependencies>
</project>
"""
_LOGGING = "status = error\nrootLogger.level = warn\n"
"""It would tell of each request."""


def find_lack() -> str | None:
    """Return why Fuseki cannot be asked, if so."""
    if shutil.which("java") and shutil.which("mvn"):
        return None
    return "no Java or Maven; in Debian: apt-get install maven openjdk-17-jre-headless"


def collect_jars(folder: Path) -> Path:
    """Bring Fuseki and what it needs into a folder, and return it."""
    (folder / "pom.xml").write_text(_PROJECT)
    jars = folder / "jars"
    command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return jars


def load(written: Written, jars: Path, folder: Path) -> None:
    """Load quads and merge in bulk."""
    files = [str(written.quads), str(written.triples)]
    options = ["--loc", str(folder / _DATABASE), "--loader=phased"]
    command = ["java", MEMORY, "-cp", f"{jars}/*", _LOADER, *options, *files]
    subprocess.run(command, check=True, capture_output=True)


def list_command(jars: Path, folder: Path, port: int) -> list[str]:
    """Return the command that serves the database until it is ended."""
    logging = folder / "log4j2.properties"
    logging.write_text(_LOGGING)
    means = [MEMORY, f"-Dlog4j2.configurationFile={logging}", "-cp", f"{jars}/*"]
    options = ["--tdb2", "--loc", str(folder / _DATABASE), "--localhost", "--port", str(port)]
    return ["java", *means, _SERVER, *options, "/graph"]
