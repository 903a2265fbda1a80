import { lazy, type ReactNode, Suspense } from 'react'
import type { CodeProps } from './codemirror'
import css from './editor.module.css'

const Code = lazy(() => import('./codemirror'))

interface Props extends CodeProps {
  /** Not shown where a heading above it says the same; it is always read out. */
  hideLabel?: boolean
  help?: ReactNode
}

/** A field for a template or JSON, with its label, help and error. */
export function CodeField({ hideLabel, help, ...props }: Props) {
  return (
    <div className={css.wrap}>
      {!hideLabel && <span className={css.label}>{props.label}</span>}
      <Suspense
        fallback={
          <textarea
            className={css.plain}
            rows={props.lines ?? 1}
            aria-label={props.label}
            value={props.value}
            onChange={(e) => props.onChange?.(e.currentTarget.value)}
          />
        }
      >
        <Code {...props} />
      </Suspense>
      {props.error ? (
        <span className={css.error}>{props.error}</span>
      ) : (
        help && <span className={css.help}>{help}</span>
      )}
    </div>
  )
}
