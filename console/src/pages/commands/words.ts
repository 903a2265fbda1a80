/** What a command answers, in a word. */
export function answerWord(type: string | undefined): string {
  switch (type) {
    case 'document':
      return 'A document'
    case 'json':
      return 'JSON'
    case 'nothing':
      return 'Nothing'
    default:
      return type ?? 'Anything'
  }
}
