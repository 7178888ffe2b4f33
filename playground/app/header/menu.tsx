import type { ComponentChildren, VNode } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from '../icons.tsx'
import type { IconName } from '../icons.tsx'

interface MenuProps {
  readonly label: string
  readonly icon: IconName
  readonly children: ComponentChildren
}

/** A button with something behind it, which a click elsewhere or Escape closes. */
export function Menu({ label, icon, children }: MenuProps): VNode {
  const id = `menu-${useId().replaceAll(/\W/g, '')}`
  return (
    <div class="menu">
      <button type="button" class="quiet" popovertarget={id} aria-label={label} title={label}>
        <Icon name={icon} />
        <span class="menu-label">{label}</span>
      </button>
      <div id={id} class="menu-body" popover="auto" role="dialog" aria-label={label}>
        {children}
      </div>
    </div>
  )
}

/** Closes the menu that something in it was chosen from. */
export function closeMenu(from: EventTarget | null): void {
  if (from instanceof Element) from.closest<HTMLElement>('[popover]')?.hidePopover()
}
