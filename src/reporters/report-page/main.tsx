import { render } from 'preact';
import { App } from './app.js';
import { readData } from './data.js';
import { Model } from './model.js';
import { applyTheme, chosenTheme } from './theme.js';

applyTheme(chosenTheme());
const root = document.getElementById('report')!;
root.textContent = '';
render(<App model={new Model(readData(document))} />, root);
