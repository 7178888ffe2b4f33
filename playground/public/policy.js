/*
 * What the page may connect to: itself, and the one server that its reader typed in, if any. It is said here
 * and not in index.html because that server is not known before.
 */
;(() => {
  let server = ''
  try {
    const typed = sessionStorage.getItem('hocl.server')
    const url = typed === null ? undefined : new URL(typed)
    if (url !== undefined && /^wss?:$/.test(url.protocol)) server = ` ${url.origin}`
  } catch {
    // Without storage there is no server.
  }
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `connect-src 'self'${server}`
  document.head.append(policy)
})()
