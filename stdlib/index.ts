/* placeholder until generated */
/** The text of each standard module by the path that imports it. */
export const standardModules: ReadonlyMap<string, string> = new Map()
