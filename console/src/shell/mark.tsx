import css from './mark.module.css'

/** The name and its sign: a line through a ring. */
export function Mark() {
  return (
    <span className={css.mark}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden>
        <circle cx="16" cy="16" r="8" fill="none" stroke="currentColor" strokeWidth="3" />
        <path
          d="M2 23c7 0 8-7 14-7s7-7 14-7"
          fill="none"
          stroke="var(--accent)"
          strokeWidth="3.4"
          strokeLinecap="round"
        />
      </svg>
      Fairlead
    </span>
  )
}
