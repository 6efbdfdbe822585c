"""PDF: pages read by PDFium, judged, repaired, read by other means where they are bad."""
