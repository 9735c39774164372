"""The jars of Neo4j: fetched by name from Maven Central, side by side, and checked against the lock's sha256.

`jgo` made the lock (`make lock-neo4j`). Its own `sync` reads every POM again; the lock's coordinates are enough.
"""

from __future__ import annotations

import hashlib
import tomllib
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import requests
from jgo.constants import MAVEN_CENTRAL_URL
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from service.atomic_files import write_atomically
from service.errors import StartError
from service.graph.starting import Progress

LOCK = Path(__file__).with_name("jgo.lock.toml")


@dataclass(frozen=True, slots=True)
class Jar:
    path: str
    sha256: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def locked_jars(lock: Path = LOCK) -> list[Jar]:
    entries = tomllib.loads(lock.read_text(encoding="utf-8"))["dependencies"]
    return [_jar(entry) for entry in entries]


def _jar(entry: dict[str, str]) -> Jar:
    group, artifact, version = entry["groupId"].replace(".", "/"), entry["artifactId"], entry["version"]
    classifier = f"-{entry['classifier']}" if "classifier" in entry else ""
    return Jar(f"{group}/{artifact}/{version}/{artifact}-{version}{classifier}.jar", entry["sha256"])


def fetch_jars(cache: Path, progress: Progress, *, repository: str = MAVEN_CENTRAL_URL) -> Path:
    """The folder of the locked jars below `cache`, filled where it is not full yet.

    Raises StartError, naming the other ways to have a Neo4j, where a jar cannot be fetched or is not the locked one.
    """
    jars = locked_jars()
    digest = hashlib.sha256("".join(jar.sha256 for jar in jars).encode()).hexdigest()[:12]
    folder = cache / f"neo4j-{digest}"
    missing = [jar for jar in jars if not (folder / jar.name).is_file()]
    if not missing:
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _session() as session, ThreadPoolExecutor(12, thread_name_prefix="jars") as pool:
            jobs = [pool.submit(_fetch, session, f"{repository}/{jar.path}", jar, folder) for jar in missing]
            try:
                for done, job in enumerate(as_completed(jobs), start=1):
                    job.result()
                    progress("Fetching Neo4j", done, len(jobs))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except (OSError, requests.RequestException) as error:
        raise StartError(
            f"Neo4j's jars could not be fetched ({error}).\nThere are two other ways to have a Neo4j: "
            "`docker compose up`, or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to one that you have"
        ) from error
    return folder


def _session() -> requests.Session:
    session = requests.Session()
    retry = Retry(total=4, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504))
    session.mount("https://", HTTPAdapter(pool_maxsize=12, max_retries=retry))
    return session


def _fetch(session: requests.Session, url: str, jar: Jar, folder: Path) -> None:
    response = session.get(url, timeout=60)
    response.raise_for_status()
    digest = hashlib.sha256(response.content).hexdigest()
    if digest != jar.sha256:
        raise OSError(f"{jar.name} has sha256 {digest}, the lock says {jar.sha256}")
    write_atomically(folder / jar.name, response.content)  # also where two processes fetch at once
