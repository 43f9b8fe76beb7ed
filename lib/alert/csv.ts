/** Lines of CSV (RFC 4180) that no spreadsheet takes for a formula. */

/** @returns the line with its end; cells that begin like a formula get an apostrophe (OWASP, CSV injection) */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
