"""The settings, read once from the environment and .env, and frozen; docs/operators.md lists them, by a test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.connection import Connection


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, populate_by_name=True)

    neo4j_uri: Annotated[
        str | None,
        Field(
            alias="NEO4J_URI",
            pattern=r"^(bolt|neo4j)(\+s|\+ssc)?://.+",
            description="A Neo4j to use (bolt://, neo4j://, neo4j+s://). Without it joinedup runs one of its own.",
        ),
    ] = None
    neo4j_username: Annotated[str, Field(alias="NEO4J_USERNAME", description="User name at NEO4J_URI.")] = "neo4j"
    neo4j_password: Annotated[SecretStr, Field(alias="NEO4J_PASSWORD", description="Password at NEO4J_URI.")] = (
        SecretStr("")
    )
    neo4j_database: Annotated[
        str | None, Field(alias="NEO4J_DATABASE", description="Database at NEO4J_URI; empty is its default one.")
    ] = None
    data_dir: Annotated[
        Path,
        Field(alias="JOINEDUP_DATA_DIR", description="Folder of the managed Neo4j's data, password and logs."),
    ] = Path(platformdirs.user_data_dir("joinedup"))
    cache_dir: Annotated[
        Path, Field(alias="JOINEDUP_CACHE_DIR", description="Folder of the fetched Neo4j jars, shared by all.")
    ] = Path(platformdirs.user_cache_dir("joinedup"))
    neo4j_memory: Annotated[
        str | None,
        Field(
            alias="JOINEDUP_NEO4J_MEMORY",
            pattern=r"^\d+[mg]$",
            description="Most heap of the managed Neo4j; a quarter of this machine's memory, 1g to 8g, if empty.",
        ),
    ] = None
    seeds_dir: Annotated[
        Path, Field(alias="JOINEDUP_SEEDS_DIR", description="Folder of the seeds that are checked and loaded.")
    ] = Path(__file__).resolve().parents[1] / "seeds"
    host: Annotated[str, Field(alias="JOINEDUP_HOST", description="Address that `serve` listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(alias="JOINEDUP_PORT", ge=0, le=65535, description="Port that `serve` listens on.")] = (
        8000
    )
    start_seconds: Annotated[
        float,
        Field(
            alias="JOINEDUP_START_SECONDS",
            gt=0,
            description="Longest silence of a Neo4j that starts, where neither its logs nor its processor time move; "
            "there is no limit on the whole. A Neo4j at NEO4J_URI is waited for so long.",
        ),
    ] = 600.0
    query_timeout: Annotated[
        float, Field(alias="JOINEDUP_QUERY_TIMEOUT", gt=0, le=600, description="Seconds that a query may take.")
    ] = 10.0
    row_limit: Annotated[
        int, Field(alias="JOINEDUP_ROW_LIMIT", ge=1, le=100_000, description="Rows that an answer holds at most.")
    ] = 1000
    cache_megabytes: Annotated[
        int,
        Field(alias="JOINEDUP_CACHE_MB", ge=0, le=65536, description="Memory for answers kept while nothing changes."),
    ] = 64

    keys_file: Annotated[
        Path | None,
        Field(alias="JOINEDUP_KEYS_FILE", description="File of keys; keys.json in the data folder if empty."),
    ] = None
    key: Annotated[
        SecretStr | None,
        Field(
            alias="JOINEDUP_KEY",
            min_length=20,
            description="One more key, with the scopes read and cypher; for containers.",
        ),
    ] = None
    allowed_hosts: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(
            alias="JOINEDUP_ALLOWED_HOSTS", description="Host names that are served, by comma; this machine's if empty."
        ),
    ] = ()
    cors_origins: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(
            alias="JOINEDUP_CORS_ORIGINS", description="Origins whose pages may read answers, by comma; none if empty."
        ),
    ] = ()
    rate: Annotated[
        str | None,
        Field(
            alias="JOINEDUP_RATE",
            pattern=r"^\d+/(second|minute|hour)$",
            description="Requests an address or key may make. Empty: 600/minute where keys are asked for.",
        ),
    ] = None
    cypher_rate: Annotated[
        str | None,
        Field(
            alias="JOINEDUP_CYPHER_RATE",
            pattern=r"^\d+/(second|minute|hour)$",
            description="Statements a key may send to /cypher. Empty: 60/minute where keys are asked for.",
        ),
    ] = None
    cypher_at_once: Annotated[
        int, Field(alias="JOINEDUP_CYPHER_AT_ONCE", ge=1, le=64, description="Statements of analysts that run at once.")
    ] = 4
    body_limit_kb: Annotated[
        int,
        Field(alias="JOINEDUP_BODY_LIMIT_KB", ge=1, le=65536, description="Kilobytes that a request's body may have."),
    ] = 1024

    @field_validator("allowed_hosts", "cors_origins", mode="before")
    @classmethod
    def _by_comma(cls, given: Any) -> Any:
        return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given

    @property
    def keys_path(self) -> Path:
        return self.keys_file or self.data_dir / "keys.json"

    @property
    def decisions_path(self) -> Path:
        return self.data_dir / "decisions.csv"

    @property
    def secret_key(self) -> str | None:
        return self.key.get_secret_value() if self.key else None

    @property
    def connection(self) -> Connection | None:
        """The Neo4j that the environment names, if it names one."""
        if self.neo4j_uri is None:
            return None
        return Connection(
            self.neo4j_uri, self.neo4j_username, self.neo4j_password.get_secret_value(), self.neo4j_database
        )
