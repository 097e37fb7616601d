# The bot alone, hash-checked, as a user without rights, on a root filesystem that may be read-only. State: /data.
FROM python:3.13-slim AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# What changes seldom comes first: these layers stay until requirements/ changes.
COPY requirements/run.txt requirements/charts.txt requirements/build.txt requirements/
RUN python -m venv --without-pip /opt/hidsim-bot \
 && pip --python /opt/hidsim-bot/bin/python install --require-hashes --only-binary :all: -r requirements/run.txt -r requirements/charts.txt
RUN python -m venv --without-pip /opt/build \
 && pip --python /opt/build/bin/python install --require-hashes --only-binary :all: -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY locales locales
COPY bot bot
RUN pip --python /opt/build/bin/python wheel --no-deps --no-build-isolation --wheel-dir dist . \
 && pip --python /opt/hidsim-bot/bin/python install --no-deps --no-index dist/*.whl

FROM python:3.13-slim
COPY --from=build /opt/hidsim-bot /opt/hidsim-bot
RUN useradd --system --uid 10001 --user-group --no-create-home hidsim \
 && install -d -o hidsim -g hidsim /data
ENV PATH=/opt/hidsim-bot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite+aiosqlite:////data/bot.db
USER hidsim
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["hidsim-bot", "health"]
CMD ["hidsim-bot", "run"]
