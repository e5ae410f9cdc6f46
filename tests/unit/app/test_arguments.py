from pathlib import Path

import pytest

from console.app.arguments import parse
from console.app.problems import StartProblem
from console.domain.role import SCREENS_OF, Role


@pytest.mark.parametrize("role", ["king", "", "field", "Dispatcher"])
def test_a_role_without_screens_is_refused_with_the_list(role: str, tmp_path: Path) -> None:
    with pytest.raises(StartProblem) as found:
        parse(["--role", role, "--data-dir", str(tmp_path)])
    for words in (found.value.zh, found.value.en):
        assert all(known in words for known in SCREENS_OF)


@pytest.mark.parametrize("role", list(SCREENS_OF))
def test_a_role_may_open_its_screens_and_no_other(role: str, tmp_path: Path) -> None:
    mine = SCREENS_OF[Role(role)]
    common = ["--role", role, "--data-dir", str(tmp_path), "--screen"]
    for screen in ("desk", "wall", "duty", "incident", "training"):
        if screen in mine:
            assert parse([*common, screen]).screen == screen
            continue
        with pytest.raises(StartProblem) as found:
            parse([*common, screen])
        assert all(screen in words for words in (found.value.zh, found.value.en))
        assert all(mine[0] in words for words in (found.value.zh, found.value.en))


def test_without_a_word_the_screen_is_where_it_was_left(tmp_path: Path) -> None:
    assert parse(["--data-dir", str(tmp_path)]).screen is None


@pytest.mark.parametrize(
    "words",
    [
        ("--calls", "-5"),
        ("--calls", "0"),
        ("--calls", "100001"),
        ("--calls", "many"),
        ("--calls", "3.5"),
        ("--speed", "0"),
        ("--speed", "nan"),
        ("--speed", "1e9"),
        ("--from-hour", "24"),
        ("--from-hour", "-1"),
        ("--seed", "-1"),
        ("--after", "-3"),
        ("--for", "inf"),
        ("--size", "12"),
        ("--seat", "a b"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(
    words: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([*words, "--data-dir", str(tmp_path)])
    assert ended.value.code == 2
    assert words[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [("--calls", "1"), ("--calls", "100000"), ("--speed", "0.5"), ("--from-hour", "23.5")]
)
def test_a_figure_that_makes_sense_is_taken(words: tuple[str, str], tmp_path: Path) -> None:
    assert parse([*words, "--data-dir", str(tmp_path)])


def test_displays_are_chosen_for_walls_only(tmp_path: Path) -> None:
    common = ["--data-dir", str(tmp_path), "--display", "HDMI-1", "--display", "2"]
    assert parse([*common, "--screen", "wall"]).displays == ("HDMI-1", "2")
    assert parse([*common, "--role", "wall"]).displays == ("HDMI-1", "2")
    assert parse(["--data-dir", str(tmp_path), "--screen", "wall"]).displays == ()
    with pytest.raises(StartProblem) as found:
        parse([*common, "--screen", "desk"])
    assert "--display" in found.value.zh
    assert "--display" in found.value.en
