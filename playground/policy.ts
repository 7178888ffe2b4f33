/*
 * What the page may do. No text becomes code, and nothing is loaded from elsewhere; the editor needs styles
 * that are written into the page. `connect-src` is for `public/policy.js`, so that one server can be named.
 */
export const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "connect-src 'self' ws: wss:",
].join('; ')
