"""Text that was typed into the fields of a PDF's form, or on its pages with a viewer.

It lies beside the page's content, as comments, links and stamps do: pdfium writes it into the page.
"""

from __future__ import annotations

from typing import Any, Final

KINDS: Final = ("FPDF_ANNOT_WIDGET", "FPDF_ANNOT_FREETEXT")
"""What is text of the page; a comment shows only that there is one, a stamp is no text of it."""


def write_annotations(page: Any) -> bool:
    """Write what was typed on a page into its content, as it is seen there.

    Args:
        page: of pypdfium2.

    Returns:
        Whether there was any: the page must be loaded again then.
    """
    import pypdfium2.raw as pdfium

    wanted = {getattr(pdfium, kind) for kind in KINDS}
    unseen = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
    typed = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        typed.append(kind in wanted and not pdfium.FPDFAnnot_GetFlags(annotation) & unseen)
        pdfium.FPDFPage_CloseAnnot(annotation)
    if not any(typed):
        return False
    for index, is_text in reversed([*enumerate(typed)]):
        if not is_text:
            pdfium.FPDFPage_RemoveAnnot(page.raw, index)
    done = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    return bool(done == pdfium.FLATTEN_SUCCESS)
