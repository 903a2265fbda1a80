import { Skeleton } from '@mantine/core'
import type { Delivery, RunOutcome, SearchHit } from '~/api/contract'
import { DeliveryStatus, Method, RunStatus } from '~/ui/status'
import { When } from '~/ui/when'
import { cutAt, kinds } from './kinds'
import css from './hit.module.css'

/** What a hit is: its kind’s icon, its title, what else is known, and when it was. */
export function Hit({ hit, q }: { hit: SearchHit; q: string }) {
  const Icon = kinds[hit.kind].icon
  return (
    <>
      <Icon size={16} stroke={1.7} className={css.icon} aria-hidden />
      <span className={css.words}>
        <span className={css.title}>
          <Marked text={hit.title} q={q} />
        </span>
        <span className={css.detail}>
          <Detail hit={hit} q={q} />
        </span>
      </span>
      {hit.at && (
        <span className={css.when}>
          <When at={hit.at} />
        </span>
      )}
    </>
  )
}

function Detail({ hit, q }: { hit: SearchHit; q: string }) {
  const { kind, detail, id } = hit
  if (kind === 'delivery' && detail) return <DeliveryStatus state={detail as Delivery['state']} />
  if (kind === 'run' && detail) return <RunStatus outcome={detail as RunOutcome} />
  if (kind === 'connector' && detail) {
    const [method, ...url] = detail.split(' ')
    return (
      <>
        <Method method={method!} />{' '}
        <span className="mono">
          <Marked text={url.join(' ')} q={q} />
        </span>
      </>
    )
  }
  return detail ?? <code>{id}</code>
}

function Marked({ text, q }: { text: string; q: string }) {
  return cutAt(text, q).map((piece, i) =>
    piece.found ? (
      <mark key={i} className={css.mark}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  )
}

/** Where hits will be, when the hub takes its time. */
export function HitSkeletons({ count = 4 }: { count?: number }) {
  return (
    <div className={css.skeletons} aria-hidden>
      {Array.from({ length: count }, (_, i) => (
        <div key={i} className={css.skeleton}>
          <Skeleton height={16} width={16} radius={4} />
          <div className="grow">
            <Skeleton height={10} width={`${60 - ((i * 17) % 30)}%`} radius={4} />
            <Skeleton height={8} width={`${80 - ((i * 23) % 40)}%`} radius={4} mt={8} />
          </div>
        </div>
      ))}
    </div>
  )
}
