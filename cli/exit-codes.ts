/** What the process ends with. Scripts depend on these: `docs/cli.md` lists them. */
export const exitCodes = {
  /** Inert, or `until` reached; for other commands: all is well. */
  success: 0,
  /** The program, its data or a host module is wrong; a test failed; `fmt --check` found something. */
  wrong: 1,
  /** A flag or argument cannot be used, or a file is not there. */
  usage: 2,
  /** A limit stopped the run. */
  limit: 3,
  /** A product had no value. */
  failed: 4,
  /** A cluster’s server does not answer. */
  unreachable: 5,
  /** A fault of ours. */
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const
