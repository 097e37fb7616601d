"""Widths of labels by our table against those that a browser measures."""

import pytest

from bot.screens.widths import pixels
from tests.sandbox.page.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LABELS = {
    "en": ("✅ Buy · up to $0.25", "🏠 Menu", "↩️ Back", "🔄 Refresh", "🇧🇷 Brazil · $0.12 · 320", "Most in stock"),
    "ru": ("📱 Купить номер", "⭐ Избранное", "🇧🇷 Бразилия · 0,12 $ · 320", "Закрыть, когда можно"),
    "uk": ("Придбати номер", "Вибране", "Інші країни", "Закрити, коли дозволено"),
    "es": ("Comprar un número", "Más existencias", "Cerrar cuando se pueda", "Configuración"),
    "pt": ("Mais em estoque", "Histórico", "Configurações", "Fechar quando permitido"),
    "tr": ("Numara satın al", "Diğer ülkeler", "İzin verildiğinde kapat", "Geçmiş"),
    "id": ("Beli nomor", "Pengaturan", "Negara lain", "Tutup saat diizinkan"),
    "vi": ("Yêu thích", "Cài đặt", "Đóng khi được phép", "Nhiều hàng nhất"),
    "ar": ("شراء رقم", "الإعدادات", "أغلق عند السماح", "🇧🇷 البرازيل · 0.12 US$ · 320"),
    "fa": ("خرید شماره", "علاقه‌مندی‌ها", "کشورهای دیگر", "بستن در صورت امکان"),
    "hi": ("नंबर खरीदें", "सेटिंग्स", "अनुमति होने पर बंद करें", "सबसे सस्ता"),
    "zh": ("购买号码", "允许时关闭", "🇧🇷 巴西 · US$0.12 · 320", "库存最多"),
}
ROBOTO = {"en", "ru", "uk", "es", "pt", "tr", "id", "vi"}
"""What Roboto draws itself. For the other scripts each phone has a font of its own."""
MEASURE = """(labels) => {
  const one = document.createElement("span");
  one.style.cssText = "font: 500 15px/18px Roboto, sans-serif; white-space: pre; position: absolute";
  document.body.append(one);
  const widths = labels.map((label) => { one.textContent = label; return one.getBoundingClientRect().width; });
  one.remove();
  return widths;
}"""
HAS_ROBOTO = """() => document.fonts.check("500 15px Roboto") && (() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const width = (font) => { canvas.font = font; return canvas.measureText("Quick 0123 Жщы").width; };
  return width("500 15px Roboto, monospace") !== width("500 15px monospace");
})()"""


async def test_a_label_that_fits_by_our_table_fits_in_a_browser(stage: Stage) -> None:
    page = await stage.page()
    if not await page.evaluate(HAS_ROBOTO):
        pytest.skip("no Roboto here: .ci/run installs it")
    for language, labels in LABELS.items():
        measured = await page.evaluate(MEASURE, list(labels))
        least, most = (0.98, 1.06) if language in ROBOTO else (0.93, 1.35)
        for label, width in zip(labels, measured, strict=True):
            assert least * width <= pixels(label) <= most * width, (language, label, width, pixels(label))
