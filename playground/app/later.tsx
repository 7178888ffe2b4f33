import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Coming<Props> = ComponentType<Props> | 'failed' | undefined

/** A component that is loaded when it is first wanted, so that the page stands before it is here. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  // Once it is here, it is there at once each time that it is opened.
  let known: ComponentType<Props> | undefined
  return function Later(props: Props): VNode {
    // A component is a function, which a state would call.
    const [{ Component }, setComing] = useState<{ readonly Component: Coming<Props> }>({
      Component: known,
    })
    useEffect(() => {
      let isGone = false
      if (known === undefined)
        load().then(
          (Loaded) => {
            known = Loaded
            if (!isGone) setComing({ Component: Loaded })
          },
          () => {
            if (!isGone) setComing({ Component: 'failed' })
          },
        )
      return () => {
        isGone = true
      }
    }, [])
    if (Component === undefined) return <p class="empty">It is coming.</p>
    if (Component === 'failed')
      return (
        <p class="empty" role="alert">
          It could not be loaded. Reloading the page may help: it is another version now, or the
          network is away.
        </p>
      )
    return <Component {...props} />
  }
}
