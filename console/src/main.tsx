import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './theme.css'
import './mantine.css'

import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api/query'
import { currentSession } from './api/signing'
import { router } from './router'
import { theme, variables } from './theme'
import { Toasts } from './ui/toasts'

// Asked while the page's code is still on its way.
if (!/^\/(sign-in|setup)/.test(location.pathname)) {
  void queries.prefetchQuery({ queryKey: ['session'], queryFn: currentSession, gcTime: 0 })
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
