"""The page on a framework of one's own is followed where it takes longer than other pages: tried, asked, ingested, measured."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.documented import ROOT, Block, Folder, blocks_of

PAGE = ROOT / "docs" / "how-to" / "own-framework.md"
RUN_HERE = f"tests/{Path(__file__).name} runs it"


def is_followed(block: Block) -> bool:
    return block.is_run or RUN_HERE in block.notes["not run"]


@pytest.mark.slow
def test_goals_of_ones_own_are_tried_asked_about_ingested_and_measured(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = Folder(tmp_path)
    followed = [block for block in blocks_of(PAGE) if is_followed(block)]
    assert len(followed) == 6
    try:
        for block in followed:
            folder.run(replace(block, text=block.text.replace("FOLDER", "examples")))
    finally:
        folder.close()
    database = Database(tmp_path / "goalmap.db")
    goals = {row["goal_id"] for row in database.query("select distinct goal_id from proposals")}
    database.close()
    assert goals
    assert goals <= {"our-goals/1", "our-goals/2"}
