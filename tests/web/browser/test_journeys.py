"""What people do: ask, follow a quote to its source, draw and filter the map, sort and download, all by keyboard too."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from service.web import responses


async def test_a_question_leads_to_the_words_that_say_so(page: Page) -> None:
    await page.goto("/")
    await page.locator("#q").fill("who funds superfast broadband")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/ask.html?*")
    await page.locator(".quote footer a").first.click()
    await page.wait_for_url("**/sources/*")
    mark = page.locator("mark:has(:target)")
    await expect(mark).to_contain_text("superfast broadband")
    await mark.locator("a").first.click()
    await page.wait_for_url("**/facts/*")
    await page.locator(".quote footer a").first.click()
    await page.wait_for_url("**/sources/*")


async def test_suggestions_by_keyboard_alone(page: Page) -> None:
    await page.goto("/")
    await expect(page.locator("#q")).to_be_focused()
    await page.keyboard.type("winch")
    first = page.locator("#q-suggestions [role=option]").first
    await first.wait_for()
    await page.keyboard.press("ArrowDown")
    await expect(first).to_have_attribute("aria-selected", "true")
    assert await page.locator("#q").get_attribute("aria-activedescendant") == await first.get_attribute("id")
    assert (await first.inner_text()).startswith("Which partners share services with Winchester City Council?")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/ask.html?*")
    assert "Winchester" in await page.locator("h1").inner_text()


async def test_from_the_start_to_a_source_by_keyboard_alone(page: Page) -> None:
    await page.goto("/facts.html")
    await page.keyboard.press("Tab")
    skip = page.locator(".skip")
    await expect(skip).to_be_focused()
    assert (await skip.bounding_box() or {"x": -1})["x"] >= 0, "what has the focus can be seen"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.locator("main a").first).to_be_focused()
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/entities/*")


async def test_the_map_lights_up_and_is_filtered(page: Page) -> None:
    await page.goto("/map.html")
    dots = await page.locator(".map .dot").count()
    await page.locator('[data-id="hampshire-county-council"] path').hover()
    await expect(page.locator('.dot.on[data-id="hampshire-county-council"]')).to_have_count(1)
    assert 10 < await page.locator(".dot.on").count() < dots
    await page.locator("summary").first.click()
    await page.locator("input[name=show][value=Authority]").check()
    await page.locator("input[name=show][value=Programme]").check()
    await page.get_by_role("button", name="Draw").click()
    await page.wait_for_url("**show=Authority*")
    assert 0 < await page.locator(".map .dot").count() < dots
    await page.locator('[data-id="hampshire-county-council"] path').click()
    await page.wait_for_url("**/entities/hampshire-county-council.html")


async def test_scores_sort_and_download(page: Page) -> None:
    await page.goto("/scores/organisations.html")
    await page.get_by_role("link", name="Breadth", exact=True).first.click()
    await page.wait_for_url("**sort=breadth*")
    await expect(page.locator("tbody tr th[scope=row]").first).to_have_text("Hampshire County Council")
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="CSV").click()
    path = await (await waited.value).path()
    assert "Hampshire County Council" in path.read_text(encoding="utf-8-sig")


async def test_a_what_if_is_built_by_keyboard(page: Page) -> None:
    await page.goto("/scenarios.html")
    await page.locator("#who-1").focus()
    await page.keyboard.type("Winchester City Council; hart dis")
    await page.locator("#who-1-suggestions [role=option]").first.wait_for()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#who-1")).to_have_value("Winchester City Council; Hart District Council")
    assert not await page.locator("#leaves-1").is_visible(), "a merger leaves nothing"
    await page.keyboard.press("Tab")
    await expect(page.locator("#to-1")).to_be_focused()
    await page.keyboard.type("Mid Hampshire Council")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/scenarios/try.html?*")
    await expect(page.locator("h1")).to_contain_text("become Mid Hampshire Council")
    await expect(page.get_by_role("heading", name="The network before and after")).to_be_visible()


async def test_what_is_wrong_with_a_what_if_stands_above_its_steps(page: Page) -> None:
    await page.goto("/scenarios/try.html?do=dissolve&who=Nobody+at+all")
    await expect(page.get_by_role("alert")).to_contain_text("Step 1: no source names")
    await expect(page.locator("#who-1")).to_have_value("Nobody at all")


async def test_cypher_is_coloured_run_and_drawn(page: Page) -> None:
    await page.goto("/cypher.html")
    editor = page.locator("#statement")
    await editor.fill("MATCH (a)-[f:FUNDS]->(b) RETURN a, f, b LIMIT 3")
    await expect(page.locator(".code.coloured .k").first).to_have_text("MATCH")
    await expect(page.locator(".code pre")).to_contain_text("LIMIT 3")
    await editor.press("Control+Enter")
    await page.wait_for_url("**statement=MATCH*")
    assert await page.locator("tbody tr").count() == 3
    assert await page.locator(".map line").count() > 0


async def test_an_answer_opens_as_cypher(page: Page) -> None:
    await page.goto("/ask.html?q=which+partners+share+services+with+Winchester")
    await page.get_by_role("link", name="Open it as Cypher").click()
    await page.wait_for_url(re.compile(r"/cypher\.html\?statement="))
    assert "winchester-city-council" in await page.locator("#parameters").input_value()
    assert await page.locator("tbody tr").count() > 0


async def test_what_takes_long_says_so_and_opens_by_itself(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "PATIENCE", 0.0)
    answer = await page.goto("/scores/organisations.html?known_at=2014-11-21")
    assert answer
    assert answer.status == 202
    await expect(page.locator("[role=status]")).to_contain_text("opens here by itself")
    monkeypatch.undo()
    await expect(page.locator("h1")).to_contain_text("collaborates most")
    assert await page.locator("main table tbody tr").count() > 20
