/** Where a NATS server is, as a browser can reach it; or why that is no address. */
export type ServerAddress = { readonly url: string } | { readonly trouble: string }

/** Reads what somebody typed: `ws://host:port`, `wss://host`, or the host alone. */
export function serverAddress(typed: string): ServerAddress {
  const text = typed.trim()
  if (text === '') return { trouble: 'Which server? Write ws://127.0.0.1:8080' }
  if (/^(nats|tls):/.test(text))
    return {
      trouble:
        'Browsers reach NATS by WebSocket: write ws:// or wss://, with the port of `websocket { … }` in the configuration of the server.',
    }
  const whole = /^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `${schemeFor(text)}://${text}`
  let url: URL
  try {
    url = new URL(whole)
  } catch {
    return { trouble: `\`${text}\` is no address: write ws://127.0.0.1:8080` }
  }
  const { protocol, origin, hostname } = url
  if (protocol !== 'ws:' && protocol !== 'wss:')
    return { trouble: 'An address begins with ws:// or wss://' }
  // What stands here comes into a policy: a name, a number, a port, and nothing else.
  if (!/^([\w.-]+|\[[\da-f:.]+\])$/i.test(hostname))
    return { trouble: `\`${hostname}\` is no name of a server` }
  if (url.username !== '' || url.password !== '')
    return { trouble: 'Write the user and the password into their own fields.' }
  return { url: origin }
}

/** On this machine without encryption, elsewhere with it. */
function schemeFor(host: string): string {
  return /^(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(host) ? 'ws' : 'wss'
}
