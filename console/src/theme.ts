import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, rem } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef2fe',
  '#dbe4fd',
  '#b7c8fa',
  '#91abf7',
  '#83a0ff',
  '#5579ec',
  '#2b55d9',
  '#2046bd',
  '#1a3a9c',
  '#142d7a',
]

const dark: MantineColorsTuple = [
  '#e9ecf1',
  '#b4bbc7',
  '#8e97a6',
  '#5d6675',
  '#38404d',
  '#232832',
  '#1a1e25',
  '#0f1115',
  '#0d0f13',
  '#0a0c0f',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, dark },
  autoContrast: true,
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(13), lg: rem(14), xl: rem(16) },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'filled' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 12 } },
    Modal: {
      defaultProps: {
        radius: 10,
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        radius: 8,
        // The first line has the focus, as in menus everywhere, and not something that is none.
        withInitialFocusPlaceholder: false,
      },
    },
    // Options that nobody has asked for yet are not drawn: there may be hundreds.
    Combobox: { defaultProps: { keepMounted: false } },
    Select: {
      defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' }, checkIconPosition: 'right' },
    },
  },
})

/** Mantine's own variables, said in the words of theme.css. */
export const variables: CSSVariablesResolver = () => {
  const same = {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--bg-raised)',
    '--mantine-color-default-hover': 'var(--bg-hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-accent-light-color': 'var(--accent)',
    '--mantine-color-accent-filled': 'var(--accent)',
    '--mantine-color-accent-filled-hover': 'var(--accent-strong)',
    '--mantine-primary-color-contrast': 'var(--accent-ink)',
  }
  return { variables: {}, light: same, dark: same }
}
