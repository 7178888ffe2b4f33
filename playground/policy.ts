/*
 * What the pages may do. No text becomes code, and nothing is loaded from elsewhere; the editor needs styles
 * that are written into the page. Only `server.html` connects to anything else, and `public/server-policy.js`
 * narrows that to the one server that somebody typed in.
 */
const common = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
]

/** The policy of a built page. */
export function policyOf(page: string): string {
  const connections = page.endsWith('server.html') ? 'ws: wss:' : "'self'"
  return [...common, `connect-src ${connections}`].join('; ')
}
