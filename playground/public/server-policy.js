/*
 * What this frame may connect to: the one server that its address names, which somebody typed in, and nothing else.
 * It is said here and not in server.html because that server is not known before, and before anything else
 * of the frame is loaded. Policies only ever add up: what comes later cannot allow more.
 */
;(() => {
  let server = "'none'"
  try {
    const { protocol, origin, hostname } = new URL(decodeURIComponent(location.hash.slice(1)))
    const isName = /^([\w.-]+|\[[\da-f:.]+\])$/i.test(hostname)
    if (/^wss?:$/.test(protocol) && isName) server = origin
  } catch {
    // What is no address is no server.
  }
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `connect-src ${server}`
  document.head.append(policy)
})()
