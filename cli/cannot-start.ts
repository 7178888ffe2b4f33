/** Says that files of the command are missing or damaged, and ends the process. */
export function cannotStart(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `fault: hocl cannot start, its installation is not whole: ${message}\n  = install it anew; if that does not help, report it with this message\n`,
  )
  process.exit(70)
}
