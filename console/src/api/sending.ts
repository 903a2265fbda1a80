import { useState } from 'react'
import { Failure } from './failure'

/** Something that a form sends: whether it is on its way, and why it was not taken. */
export function useSending() {
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)

  async function send(work: () => Promise<void>) {
    setBusy(true)
    setFailure(undefined)
    try {
      await work()
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
    } finally {
      setBusy(false)
    }
  }

  return { busy, failure, send }
}
