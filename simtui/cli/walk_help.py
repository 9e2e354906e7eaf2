"""What `?` says in a walk: what can be typed, and tips and questions, by their titles and one by one in full."""

from __future__ import annotations

from simtui.cli.walk_telling import Teller
from simtui.cli.walk_words import explained
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.walk.scene import QuestionLine, Scene
from simtui.walk.walk import Walk


class Help:
    """Says tips and questions; a number means one of those whose titles were said last."""

    def __init__(self, walk: Walk, teller: Teller) -> None:
        self._walk = walk
        self._teller = teller
        self._titles: tuple[QuestionLine, ...] = ()

    def arrive(self, scene: Scene) -> None:
        """Take the tips and questions of a step that is said."""
        self._titles = tuple(scene.questions)

    def tell(self, scene: Scene, wanted: str) -> None:
        """Say what can be typed and which tips there are; the one of a number in full; or which hold some words."""
        number = plain_keys(wanted)
        if not wanted:
            self.arrive(scene)
            self._teller.say("", *explained())
            self._teller.titles(self._titles)
        elif number.isdecimal() and 0 < int(number) <= len(self._titles):
            self._teller.tip(self._titles[int(number) - 1])
        else:
            self._search(wanted)

    def _search(self, wanted: str) -> None:
        """Say the one tip or question that holds the words, of several the titles."""
        from simtui.walk.searching import found

        hits = found(self._walk, wanted)
        if not hits:
            self._teller.say(_("No tip or question holds these words."))
        elif len(hits) == 1:
            self._teller.tip(hits[0])
        else:
            self._titles = hits
            self._teller.titles(hits)
