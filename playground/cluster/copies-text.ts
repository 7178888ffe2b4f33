/** `×3`, `×∞`. */
export function copiesText(copies: number): string {
  if (!Number.isFinite(copies)) return copies > 0 ? '×∞' : '×−∞'
  return `×${copies.toLocaleString('en').replace('-', '−')}`
}
