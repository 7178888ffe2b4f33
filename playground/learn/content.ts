import { sceneOf } from '../picture/scene.ts'
import { galleryOf } from './gallery.ts'
import type { GalleryProgram } from './gallery.ts'
import { halfway } from './halfway.ts'
import { thumbnail } from './thumbnail.ts'
import { tourOf } from './tour.ts'
import type { Lesson } from './tour.ts'

/** A program of the gallery with its picture, as SVG text of our own making. */
export interface GalleryCard extends GalleryProgram {
  readonly picture: string
}

/** All that the page teaches with. */
export interface LearnContent {
  readonly lessons: readonly Lesson[]
  readonly cards: readonly GalleryCard[]
}

/** Texts by their paths. */
type Texts = Readonly<Record<string, string>>

/** Reads lessons and programs, and draws the pictures: a matter of seconds, for when the page is built. */
export async function contentOf(tour: Texts, gallery: Texts): Promise<LearnContent> {
  const cards: GalleryCard[] = []
  for (const program of galleryOf(gallery)) {
    cards.push({ ...program, picture: thumbnail(sceneOf(await halfway(program))) })
  }
  return { lessons: tourOf(tour), cards }
}
