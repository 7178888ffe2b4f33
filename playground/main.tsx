import { render } from 'preact'
import './styles/base.css'
import './styles/layout.css'
import { App } from './app/app.tsx'
import { Workbench } from './app/workbench.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('index.html has a place for the page')
render(<App workbench={new Workbench()} />, page)
