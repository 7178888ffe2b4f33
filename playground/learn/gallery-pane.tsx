import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { DrawerViewProps } from '../app/views.ts'
import type { GalleryCard } from './content.ts'
import { galleryGroups, galleryWith } from './gallery.ts'
import { OwnProgram } from './own-program.tsx'
import { useLearning } from './use-learning.ts'
import './learn.css'

/** Programs to look at, by group; the words that are typed choose among them. */
export function GalleryPane({ workbench, onDrawer }: DrawerViewProps): VNode {
  const [learning, { content, own }] = useLearning(workbench)
  const [words, setWords] = useState('')
  useEffect(() => {
    void learning.content()
  }, [learning])
  if (content === undefined) return <p class="empty">The gallery is coming.</p>

  const found = galleryWith(content.cards, words)
  const onOpen = (path: string): void => {
    void learning.openProgram(path)
    // The program is what they want to see now: the gallery stays only where there is room for both.
    if (matchMedia('(max-width: 1500px)').matches) onDrawer(undefined)
  }
  return (
    <div class="gallery">
      <div class="gallery-line">
        <input
          type="search"
          placeholder="Search"
          aria-label="Search the gallery"
          value={words}
          onInput={(event) => {
            setWords(event.currentTarget.value)
          }}
        />
        <span role="status" class="soft">
          {found.length === 1 ? '1 program' : `${String(found.length)} programs`}
        </span>
      </div>
      <div class="gallery-body" tabIndex={0} role="region" aria-label="Programs">
        {own !== undefined && <OwnProgram {...{ learning, onDrawer }} />}
        {galleryGroups.map((group) => (
          <Group
            key={group.name}
            {...{ group, onOpen }}
            cards={found.filter((card) => card.group === group.name)}
          />
        ))}
        {found.length === 0 && <p class="soft">No program has all of these words.</p>}
      </div>
    </div>
  )
}

interface GroupProps {
  readonly group: (typeof galleryGroups)[number]
  readonly cards: readonly GalleryCard[]
  readonly onOpen: (path: string) => void
}

function Group({ group: { name, title, sentence }, cards, onOpen }: GroupProps): VNode | null {
  if (cards.length === 0) return null
  return (
    <section aria-labelledby={`gallery-${name}`}>
      <h3 id={`gallery-${name}`}>{title}</h3>
      <p class="soft">{sentence}</p>
      <ul class="cards">
        {cards.map((card) => (
          <li key={card.path}>
            <Card {...{ card, onOpen }} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Card({
  card: { path, picture, title, sentence, settings },
  onOpen,
}: Pick<GroupProps, 'onOpen'> & { readonly card: GalleryCard }): VNode {
  return (
    <button
      type="button"
      class="card"
      onClick={() => {
        onOpen(path)
      }}
    >
      {/* SVG that `thumbnail` made when the page was built: nothing that anybody typed. */}
      <span class="card-picture" dangerouslySetInnerHTML={{ __html: picture }} />
      <span class="title">{title}</span>
      <span class="soft">{sentence}</span>
      {settings.isEndless && settings.until === undefined && <span class="mark">never ends</span>}
    </button>
  )
}
