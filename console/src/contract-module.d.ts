declare module 'virtual:contract' {
  const document: Record<string, unknown>
  export default document
}
