const PARTS: Record<string, string> = {
  name: 'Name',
  method: 'Request method',
  url: 'URL',
  query: 'Parameter',
  headers: 'Header',
  body: 'Body',
  fields: 'Data',
  template: 'template',
  root: 'root element',
  item: 'element of items',
  authorization: 'Authorization',
  signing: 'Signature',
  adaptor: 'Adaptor',
  triggers: 'Trigger',
  filter: 'filter',
  window: 'times',
  response: 'Response',
  rules: 'Rule',
  policy: 'Policy',
  timeout: 'longest call',
  retrySchedule: 'waits between attempts',
  concurrency: 'calls at once',
  active: 'Status',
  rows: 'Row',
  hosts: 'Hosts',
  sentence: 'What it is for',
  answer: 'Answer',
  tenants: 'Tenants',
  targets: 'Target',
  notFound: 'nothing found',
  deadline: 'Deadline',
  inputs: 'Input',
}

/** A place of a document as the screen calls it: `Header 2, value`. */
export function placeName(pointer: string): string {
  const parts = pointer.split('/').slice(1)
  const words: string[] = []
  for (const [i, part] of parts.entries()) {
    if (/^\d+$/.test(part)) words.push(`${words.pop() ?? ''} ${Number(part) + 1}`.trim())
    else if (part === 'body' && parts[i + 1] === 'fields') continue
    else words.push(PARTS[part] ?? part)
  }
  return words.join(', ') || 'Connector'
}
