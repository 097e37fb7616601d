"""From settings to HidSim's client, and from what it says back to the settings that would mend it."""

from collections.abc import Iterator

from bot.hidsim import HidSimConfig
from bot.hidsim.contract_check import CheckLine
from bot.settings import Found, Settings
from bot.settings.proxies import address


def hidsim_config(
    settings: Settings, read_timeout: float = 10, purchase_timeout: float = 60, tap_patience: float = 8
) -> HidSimConfig:
    """Timeouts in seconds."""
    return HidSimConfig(
        url=settings.hidsim_api_url,
        identifier=settings.hidsim_identifier,
        password=settings.hidsim_password.get_secret_value(),
        rate_per_second=float(settings.hidsim_rate_per_second),
        search_param=settings.hidsim_search_param,
        read_timeout=read_timeout,
        purchase_timeout=purchase_timeout,
        tap_patience=tap_patience,
        proxy=settings.proxy_for(settings.hidsim_api_url),
    )


def said(line: CheckLine) -> str:
    """A line of the contract's check, with our own settings where it is about them."""
    if line.trouble != "credentials":
        return line.detail
    status = line.detail.partition(" ")[0]
    return (
        f"HidSim refused HIDSIM_IDENTIFIER or HIDSIM_PASSWORD ({status}). A password with a space, # or $ goes between "
        "single quotes."
    )


def advice(line: CheckLine, found: Found) -> Iterator[str]:
    """What an operator can do about a line of the contract's check."""
    url, settings = found.settings.hidsim_api_url, found.settings
    if line.trouble == "address":
        yield f"HIDSIM_API_URL is {url}: HidSim's API is not there. The address is wrong, not the password"
    elif line.trouble == "way":
        proxy = settings.proxy_for(url)
        through = f" through the proxy {address(proxy)} (HTTPS_PROXY)" if proxy else ""
        yield f"nothing answers at HIDSIM_API_URL, {url}{through}: is it spelled right, and is the network up?"
    elif line.trouble == "credentials":
        yield from (one.sentence for one in found.doubts if one.name in ("HIDSIM_IDENTIFIER", "HIDSIM_PASSWORD"))
