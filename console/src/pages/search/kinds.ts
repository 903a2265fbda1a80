import {
  IconArrowsShuffle,
  IconBolt,
  IconKey,
  IconPlayerPlay,
  IconPlug,
  IconSend,
  IconTerminal2,
  type TablerIcon,
} from '@tabler/icons-react'
import { linkOptions } from '@tanstack/react-router'
import type { SearchHit } from '~/api/contract'

type Kind = SearchHit['kind']

interface Look {
  title: string
  icon: TablerIcon
}

export const kinds: Record<Kind, Look> = {
  connector: { title: 'Connectors', icon: IconPlug },
  authorization: { title: 'Authorizations', icon: IconKey },
  adaptor: { title: 'Adaptors', icon: IconArrowsShuffle },
  command: { title: 'Commands', icon: IconTerminal2 },
  event: { title: 'Events', icon: IconBolt },
  delivery: { title: 'Deliveries', icon: IconSend },
  run: { title: 'Runs', icon: IconPlayerPlay },
}

/** What was found, kind by kind, in the order in which each came first. */
export function byKind(hits: SearchHit[]): { kind: Kind; hits: SearchHit[] }[] {
  const order = [...new Set(hits.map((hit) => hit.kind))]
  return order.map((kind) => ({ kind, hits: hits.filter((hit) => hit.kind === kind) }))
}

/**
 * Where a hit is looked at.
 *
 * @param q what was looked for: the id of an attempt finds its delivery, and opens there
 */
export function pageOf(hit: Pick<SearchHit, 'kind' | 'id'>, q: string) {
  const params = { id: hit.id }
  switch (hit.kind) {
    case 'connector':
      return linkOptions({ to: '/connectors/$id', params, search: {} })
    case 'authorization':
      return linkOptions({ to: '/authorizations/$id', params })
    case 'adaptor':
      return linkOptions({ to: '/adaptors/$id', params })
    case 'command':
      return linkOptions({ to: '/commands/$name', params: { name: hit.id }, search: {} })
    case 'event':
      return linkOptions({ to: '/events/$id', params })
    case 'delivery': {
      const attempt = q.trim().startsWith('att_') ? q.trim() : undefined
      return linkOptions({ to: '/deliveries/$id', params, search: { attempt } })
    }
    case 'run':
      return linkOptions({ to: '/runs/$id', params })
  }
}

/** A text cut where the words stand that were looked for. */
export function cutAt(text: string, q: string): { text: string; found: boolean }[] {
  const wanted = q.trim().toLowerCase()
  const at = wanted ? text.toLowerCase().indexOf(wanted) : -1
  // Where small letters have another length than capitals nothing is marked.
  if (at < 0 || text.toLowerCase().length !== text.length) return [{ text, found: false }]
  return [
    { text: text.slice(0, at), found: false },
    { text: text.slice(at, at + wanted.length), found: true },
    { text: text.slice(at + wanted.length), found: false },
  ].filter((piece) => piece.text)
}
