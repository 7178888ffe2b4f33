/*
 * The language service as a server of the Language Server Protocol, for editors that speak it. What is asked is
 * answered by the functions of `editor/`; here are only places, kinds and texts as the protocol has them. It
 * reads files and writes none but those that show standard modules.
 */
export { serveEditor } from './server.ts'
export type { ServerOptions } from './session.ts'
