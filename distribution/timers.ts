/** Does something after so many milliseconds; gives what keeps it from that. */
export function after(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds)
  return () => {
    clearTimeout(timer)
  }
}

/** The same again and again. */
export function every(milliseconds: number, act: () => void): () => void {
  const timer = setInterval(act, milliseconds)
  return () => {
    clearInterval(timer)
  }
}
