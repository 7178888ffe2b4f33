import { hocl, hostFunction } from 'hocl'
import { reactorInWorker } from 'hocl/worker'
import { found } from './core.js'

/** What the page found. */
export async function foundInBrowser(): Promise<Readonly<Record<string, string>>> {
  const price = hostFunction({ takes: ['String'], gives: 'Int' }, (item) => item.length * 10)
  await using reactor = await reactorInWorker('<replace ITEM:x by PRICE:price(x)>', {
    host: { price },
  })
  reactor.inject(hocl`ITEM:${'tea'}`)
  await reactor.run()
  const thread = String(hocl`...${reactor.solution}`.toString().includes('PRICE:30'))
  return { ...(await found()), thread }
}
