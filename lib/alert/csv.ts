/** CSV lines (RFC 4180) in which spreadsheets find no formulas. */

/** @returns the line with CRLF; cells that begin like a formula get an apostrophe (OWASP, "CSV Injection") */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A cell with quotes if needed (RFC 4180 §2). */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
