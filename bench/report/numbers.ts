/** Three digits that mean something: `0.0123`, `1.23`, `123`, `12,345`. */
export function digits(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return ''
  const size = Math.abs(value)
  if (size >= 100) return Math.round(value).toLocaleString('en')
  if (size >= 10) return value.toFixed(1)
  if (size >= 1) return value.toFixed(2)
  return size === 0 ? '0' : value.toFixed(Math.min(6, 2 - Math.floor(Math.log10(size))))
}

/** A whole number: `1,000,000`. */
export function whole(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en')
}

/** Bytes as megabytes. */
export function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`
}

/** Seconds to the millisecond, which is what processes are measured to. */
export function inSeconds(value: number): string {
  return `${value < 1 ? value.toFixed(3) : digits(value)} s`
}
