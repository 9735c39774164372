"""The pages in a real Chromium: ask, follow a quote, draw the map, by keyboard alone; nothing leaves the machine."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (DRIVER and shutil.which("chromium")), reason="needs Debian's chromium and chromium-driver"
)
FLAGS = (
    *("headless=new", "no-sandbox", "disable-gpu", "window-size=1280,1000", "no-first-run", "disable-sync"),
    *("disable-background-networking", "disable-component-update", "disable-quic"),
)
PAGES = (
    *("/", "/ask.html?q=which+partners+share+services+with+Winchester", "/map.html", "/map.html?network=organisations"),
    *("/entities.html", "/entities/hampshire-county-council.html", "/sources/total-place-activities-2010.html"),
    *("/scores/organisations.html", "/scores/network.html", "/funding/flows.html", "/scenarios/hampshire-unitary.html"),
    *("/cypher.html", "/docs", "/queries.html", "/changes.html?from=2010-01-01&to=2014-12-31", "/nothing.html"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    for flag in FLAGS:
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with Chrome(options=options, service=Service(DRIVER)) as driver:
        driver.implicitly_wait(5)
        yield driver


def until(true: Callable[[], Any]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about within five seconds")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_clean_and_stay_at_home(browser: Chrome, address: str, path: str) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address + path)
    time.sleep(0.2)
    said = [line for line in browser.get_log("browser") if "/nothing" not in line["message"]]
    assert said == []
    messages = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert urls
    assert {urlsplit(url).netloc for url in urls if not url.startswith("data:")} == {urlsplit(address).netloc}
    assert browser.find_element(By.TAG_NAME, "h1").text
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(wide) <= 0, "the page is wider than its window"


def test_a_question_leads_to_the_words_that_say_so(browser: Chrome, address: str) -> None:
    browser.get(address)
    browser.find_element(By.ID, "q").send_keys("who funds superfast broadband", Keys.ENTER)
    until(lambda: "/ask" in browser.current_url)
    browser.find_element(By.CSS_SELECTOR, ".quote footer a").click()
    until(lambda: "/sources/" in browser.current_url)
    mark = browser.find_element(By.CSS_SELECTOR, "mark:has(:target)")
    assert "superfast broadband" in mark.text
    mark.find_element(By.TAG_NAME, "a").click()
    until(lambda: "/facts/" in browser.current_url)


def test_suggestions_by_keyboard_alone(browser: Chrome, address: str) -> None:
    browser.get(address)
    box = browser.switch_to.active_element
    assert box.get_attribute("id") == "q", "one can type at once"
    box.send_keys("winch")
    until(lambda: browser.find_elements(By.CSS_SELECTOR, "#q-suggestions [role=option]"))
    box.send_keys(Keys.ARROW_DOWN)
    chosen = browser.find_element(By.CSS_SELECTOR, "#q-suggestions [aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.text.startswith("Which partners share services with Winchester City Council?")
    box.send_keys(Keys.ENTER)
    until(lambda: "/ask" in browser.current_url)
    assert "Winchester" in browser.find_element(By.TAG_NAME, "h1").text


def test_the_skip_link_is_first(browser: Chrome, address: str) -> None:
    browser.get(f"{address}/facts.html")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.get_attribute("href").endswith("#main")


def test_the_map_lights_up_and_is_filtered(browser: Chrome, address: str) -> None:
    browser.get(f"{address}/map.html")
    dots = browser.find_elements(By.CSS_SELECTOR, ".map .dot")
    council = browser.find_element(By.CSS_SELECTOR, '[data-id="hampshire-county-council"] path')
    ActionChains(browser).move_to_element(council).perform()
    until(lambda: len(browser.find_elements(By.CSS_SELECTOR, ".dot.on")) > 10)  # the pointer passes over others first
    assert len(browser.find_elements(By.CSS_SELECTOR, ".dot.on")) < len(dots)
    browser.find_element(By.TAG_NAME, "summary").click()
    browser.find_element(By.CSS_SELECTOR, "input[name=show][value=Authority]").click()
    browser.find_element(By.CSS_SELECTOR, "input[name=show][value=Programme]").click()
    browser.find_element(By.XPATH, "//button[text()='Draw']").click()
    until(lambda: "show=Authority" in browser.current_url)
    fewer = browser.find_elements(By.CSS_SELECTOR, ".map .dot")
    assert 0 < len(fewer) < len(dots)
    browser.find_element(By.CSS_SELECTOR, '[data-id="hampshire-county-council"] path').click()
    until(lambda: "/entities/hampshire-county-council" in browser.current_url)


def test_scores_sort_and_download(browser: Chrome, address: str) -> None:
    browser.get(f"{address}/scores/organisations.html")
    browser.find_element(By.LINK_TEXT, "Breadth").click()
    until(lambda: "sort=breadth" in browser.current_url)
    assert browser.find_element(By.CSS_SELECTOR, "tbody tr td:nth-child(2)").text == "Hampshire County Council"
    href = browser.find_element(By.LINK_TEXT, "CSV").get_attribute("href")
    text = browser.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then((r) => r.text()).then(done)", href
    )
    assert "Hampshire County Council" in text


def test_it_works_without_script(address: str) -> None:
    options = ChromeOptions()
    for flag in FLAGS:
        options.add_argument(f"--{flag}")
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    with Chrome(options=options, service=Service(DRIVER)) as plain:
        plain.implicitly_wait(5)
        plain.get(f"{address}/map.html")
        assert not plain.find_element(By.CSS_SELECTOR, ".map-tools").is_displayed()
        plain.find_element(By.CSS_SELECTOR, '[data-id="hampshire-county-council"] path').click()
        until(lambda: "/entities/hampshire-county-council" in plain.current_url)
