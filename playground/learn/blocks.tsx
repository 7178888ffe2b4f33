import type { VNode } from 'preact'
import type { Block, Inline, Target } from './markdown.ts'

interface LinesProps {
  readonly content: readonly Inline[]
  readonly onGo: (to: Target) => void
}

/** A text of the tour. */
export function Blocks({
  blocks,
  onGo,
}: {
  readonly blocks: readonly Block[]
  readonly onGo: (to: Target) => void
}): VNode {
  return (
    <>
      {blocks.map((block, i) => (
        <BlockView key={i} {...{ block, onGo }} />
      ))}
    </>
  )
}

function BlockView({
  block,
  onGo,
}: {
  readonly block: Block
  readonly onGo: (to: Target) => void
}): VNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Line {...{ content: block.content, onGo }} />
        </p>
      )
    case 'heading':
      return <h3>{block.text}</h3>
    case 'list':
      return (
        <ul>
          {block.items.map((content, i) => (
            <li key={i}>
              <Line {...{ content, onGo }} />
            </li>
          ))}
        </ul>
      )
    case 'code':
      return <pre>{block.text}</pre>
  }
}

/** Words, code and links in a line. */
export function Line({ content, onGo }: LinesProps): VNode {
  return (
    <>
      {content.map((each, i) => (
        <InlineView key={i} {...{ each, onGo }} />
      ))}
    </>
  )
}

function InlineView({
  each,
  onGo,
}: {
  readonly each: Inline
  readonly onGo: (to: Target) => void
}): VNode {
  switch (each.kind) {
    case 'text':
      return <>{each.text}</>
    case 'code':
      return <code>{each.text}</code>
    case 'strong':
      return (
        <strong>
          <Line {...{ content: each.content, onGo }} />
        </strong>
      )
    case 'emphasis':
      return (
        <em>
          <Line {...{ content: each.content, onGo }} />
        </em>
      )
    case 'link': {
      const { to, content } = each
      if (to.kind === 'page')
        return (
          <a href={to.at} target="_blank" rel="noreferrer">
            <Line {...{ content, onGo }} />
          </a>
        )
      return (
        <button
          type="button"
          class="link"
          onClick={() => {
            onGo(to)
          }}
        >
          <Line {...{ content, onGo }} />
        </button>
      )
    }
  }
}
