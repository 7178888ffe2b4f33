/**
 * Keeps requests that Monaco has taken back out of the console: it lets some of them go by as rejections that nobody
 * handles (microsoft/monaco-editor, issues 4554 and 4767). Everything else that goes wrong is still said.
 */
export function hushCancellations(): void {
  addEventListener('unhandledrejection', (event) => {
    if (isCancellation(event.reason)) event.preventDefault()
  })
  addEventListener('error', (event) => {
    if (isCancellation(event.error)) event.preventDefault()
  })
}

function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === 'Canceled' && error.message === 'Canceled'
}
