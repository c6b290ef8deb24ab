import type { JSX } from 'preact';
import type { PageProps } from './page-props.js';
import { ScopeId } from './links.js';
import { countOf } from './words.js';

export function NotAnalysedPage({ model }: PageProps): JSX.Element {
  const { gaps, notices, open, left, tenant } = model.data;
  return (
    <>
      <h1>Not analysed</h1>
      <p class="lead">
        What this report says nothing of, or not all. Nothing is concluded from what was not read.
      </p>
      <section>
        <h2>{countOf(gaps.length, 'part')} of the tenant that could not be read</h2>
        {!tenant.isComplete && <p class="warning">Parts of the snapshot are missing.</p>}
        {gaps.length === 0 && tenant.isComplete && <p class="empty">All that was asked for was read.</p>}
        {gaps.length > 0 && (
          <div class="scroll-x">
            <table class="plain">
              <thead>
                <tr>
                  <th>What</th>
                  <th>Where</th>
                  <th>Why</th>
                </tr>
              </thead>
              <tbody>
                {gaps.slice(0, most).map(({ what, scope, reason }, at) => (
                  <tr key={at}>
                    <td>{what}</td>
                    <td>
                      <ScopeId model={model} text={scope} />
                    </td>
                    <td>{reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <More all={gaps.length} />
      </section>
      {open.length > 0 && (
        <section>
          <h2>What that leaves open in figures</h2>
          <Sentences texts={open} />
        </section>
      )}
      {left.length > 0 && (
        <section>
          <h2>Looked at, but not listed in this page</h2>
          <Sentences texts={left} />
        </section>
      )}
      <section>
        <h2>{countOf(notices.length, 'notice')}</h2>
        {notices.length === 0 && <p class="empty">None.</p>}
        <ul class="plain-list">
          {notices.slice(0, most).map(({ code, message, file }, at) => (
            <li key={at}>
              {message} <span class="muted">{file === null ? code : `${code}, ${file}`}</span>
            </li>
          ))}
        </ul>
        <More all={notices.length} />
      </section>
    </>
  );
}

const most = 1_000;

function Sentences({ texts }: { readonly texts: readonly string[] }): JSX.Element {
  return (
    <>
      <ul class="plain-list">
        {texts.slice(0, most).map(text => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <More all={texts.length} />
    </>
  );
}

function More({ all }: { readonly all: number }): JSX.Element | null {
  return all > most ? <p class="muted">and {all - most} more, which the JSON report has.</p> : null;
}
