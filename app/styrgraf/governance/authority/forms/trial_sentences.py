"""What a trial shows in plain sentences, the first of which is the answer. No IO here."""

from __future__ import annotations

from collections import Counter

from styrgraf.governance.authority.forms.sentences import Words
from styrgraf.governance.authority.forms.wording import make_words
from styrgraf.governance.authority.reasoning.rehearsal import Effect
from styrgraf.governance.authority.reasoning.trials import Trial
from styrgraf.language import N_

EFFECT_WORDS = {
    Effect.LOST: N_("Lost"),
    Effect.UNSURE: N_("Cannot be told any longer"),
    Effect.NARROWED: N_("Narrowed"),
    Effect.WIDENED: N_("Widened"),
    Effect.GAINED: N_("Gained"),
}

_PREMISES = {
    "recall": N_("If “{thing}” is recalled from {day} on, {effects}"),
    "repeal": N_("If “{thing}” is repealed from {day} on, {effects}"),
    "vacancy": N_("If “{thing}” is vacant from {day} on, {effects}"),
    "draft": N_("If the draft is adopted from {day} on, {effects}"),
}
_ONE = {
    Effect.LOST: N_("authority is lost in one case"),
    Effect.UNSURE: N_("authority cannot be told any longer in one case"),
    Effect.NARROWED: N_("authority is narrowed in one case"),
    Effect.WIDENED: N_("authority is widened in one case"),
    Effect.GAINED: N_("authority is gained in one case"),
}
_SEVERAL = {
    Effect.LOST: N_("authority is lost in {number} cases"),
    Effect.UNSURE: N_("authority cannot be told any longer in {number} cases"),
    Effect.NARROWED: N_("authority is narrowed in {number} cases"),
    Effect.WIDENED: N_("authority is widened in {number} cases"),
    Effect.GAINED: N_("authority is gained in {number} cases"),
}


def make_trial_words(trial: Trial, language: str) -> Words:
    """Return plain words for the sentences of a trial."""
    return make_words(language, trial.names.get(language, {}))


def tell_trial(trial: Trial, words: Words) -> tuple[str, ...]:
    """Return what would be lost, narrowed or gained, what would fall, and that nothing is written.

    A case is a party, a matter, a kind of right and an unbroken time.
    """
    rehearsal = trial.rehearsal
    counts = Counter(change.effect for change in rehearsal.authority)
    told = [_count(effect, counts[effect], words) for effect in Effect if counts[effect]]
    effects = ", ".join(told) or words.say(N_("nobody's authority changes, as the graph shows it"))
    first = words.say(
        _PREMISES[trial.kind],
        thing=words.name(trial.thing) if trial.thing else "",
        day=words.day(rehearsal.on),
        effects=effects + ".",
    )
    nothing = words.say(N_("This is a rehearsal: nothing is written."))
    return first, *_tell_fallen(trial, words), *_tell_decisions(trial, words), nothing


def _count(effect: Effect, number: int, words: Words) -> str:
    message = _ONE[effect] if number == 1 else _SEVERAL[effect]
    return words.say(message, number=number)


def _tell_fallen(trial: Trial, words: Words) -> tuple[str, ...]:
    number = len(trial.rehearsal.fallen)
    if not number:
        return ()
    if number == 1:
        return (words.say(N_("One delegation no longer holds, or cannot be told to.")),)
    message = N_("{number} delegations no longer hold, or cannot be told to.")
    return (words.say(message, number=number),)


def _tell_decisions(trial: Trial, words: Words) -> tuple[str, ...]:
    losing = [each for each in trial.rehearsal.decisions if each.after < each.before]
    if not losing:
        return ()
    names = (words.name(each.decision) for each in losing[:3])
    listed = ", ".join(words.say(N_("“{name}”"), name=name) for name in names)
    if len(losing) > 3:
        message = N_("{number} later decisions lose their basis, among them {decisions}.")
    else:
        message = N_("These later decisions lose their basis: {decisions}.")
    return (words.say(message, number=len(losing), decisions=listed),)
