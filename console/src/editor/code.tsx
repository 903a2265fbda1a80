import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { CodeProps } from './codemirror'
import css from './editor.module.css'
import type { Handover } from './handover'
import { placeOf } from './tokens'

const load = () => import('./codemirror')

/** Loads the editor before it is needed, so that no plain field has to stand in for it. */
export function preloadEditor(): void {
  // Where it can’t be loaded, whoever needs it is told.
  void load().catch(() => undefined)
}

/** The editor; where it can’t be loaded, the plain field goes on doing its work. */
const Code = lazy(() => load().catch(() => ({ default: Plain })))

interface Props extends Omit<CodeProps, 'handover' | 'onCompleting'> {
  /** Not shown where a heading above it says the same; it is always read out. */
  hideLabel?: boolean
  help?: ReactNode
}

/** A field for a template or JSON, with its label, help and error. */
export function CodeField({ hideLabel, help, error, ...props }: Props) {
  const handover = useRef<Handover>(null)
  const [completing, setCompleting] = useState(false)
  // While somebody still chooses a token, the token is not finished, and need not be told so.
  const wrong = completing ? undefined : error
  const all = { ...props, error: wrong, handover }
  return (
    <div className={css.wrap}>
      {!hideLabel && <span className={css.label}>{props.label}</span>}
      <Suspense fallback={<Plain {...all} />}>
        <Code {...all} onCompleting={setCompleting} />
      </Suspense>
      {wrong ? (
        <span className={css.error}>
          {(props.lines ?? 1) === 1 ? placeOf(wrong).detail : wrong}
        </span>
      ) : (
        help && <span className={css.help}>{help}</span>
      )}
    </div>
  )
}

/** What stands there until the editor has been loaded, and hands over what was typed in it. */
function Plain(props: CodeProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  useHandingOver(field, props.value, props.handover)
  return (
    <textarea
      ref={field}
      className={css.plain}
      rows={props.lines ?? 1}
      aria-label={props.label}
      aria-invalid={props.error ? true : undefined}
      placeholder={props.placeholder}
      readOnly={props.readOnly}
      data-autofocus={props.autoFocus || undefined}
      autoFocus={props.autoFocus}
      value={props.value}
      onChange={(e) => props.onChange?.(e.currentTarget.value)}
    />
  )
}

/** The field is asked last, in the moment in which it goes: nothing can be typed after that. */
function useHandingOver(
  field: RefObject<HTMLTextAreaElement | null>,
  value: string,
  handover: CodeProps['handover'],
) {
  const shown = useRef(value)
  useLayoutEffect(() => {
    shown.current = value
  }, [value])
  useLayoutEffect(() => {
    const here = field.current!
    return () => {
      if (!handover) return
      handover.current = {
        text: here.value,
        shown: shown.current,
        focused: document.activeElement === here,
        from: here.selectionStart,
        to: here.selectionEnd,
      }
    }
  }, [field, handover])
}
