import type { WebServer } from '../../distribution/nats-web.ts'

/*
 * The page and the frame that speaks to a server. Only the frame may open a connection, and only to the server
 * that is named in its own address.
 */

/** To the frame. Ports come along. */
export type ToServerFrame =
  | { readonly kind: 'connect'; readonly server: WebServer }
  | { readonly kind: 'bus'; readonly name: string }
  | { readonly kind: 'bus-gone'; readonly name: string }

/** From the frame. */
export type FromServerFrame =
  | { readonly kind: 'ready' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'trouble'; readonly message: string }
