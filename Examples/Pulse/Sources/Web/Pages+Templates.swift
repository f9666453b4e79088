extension Pages {
  static let head = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}} · Pulse</title>
    <style>
    :root { --colour: {{colour}}; color-scheme: light dark; }
    * { box-sizing: border-box; }
    body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; }
    header { background: var(--colour); color: #fff; padding: .75rem 1rem; display: flex; justify-content: space-between; }
    header a { color: #fff; font-weight: 700; text-decoration: none; }
    main { max-width: 40rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; }
    legend, label.block { font-weight: 600; padding: 0; margin-bottom: .5rem; display: block; }
    .scores { display: grid; grid-template-columns: repeat(auto-fit, minmax(3.25rem, 1fr)); gap: .5rem; }
    .scores label { position: relative; }
    .scores input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
    .scores span { display: grid; place-items: center; min-height: 3.25rem; border: 2px solid var(--colour);
      border-radius: .5rem; font-size: 1.25rem; font-weight: 700; }
    .scores input:checked + span { background: var(--colour); color: #fff; }
    .scores input:focus-visible + span { outline: 3px solid currentColor; outline-offset: 2px; }
    .ends { display: flex; justify-content: space-between; font-size: .875rem; margin: .25rem 0 0; }
    textarea { width: 100%; min-height: 7rem; font: inherit; padding: .5rem; border-radius: .5rem; }
    button { width: 100%; min-height: 3.25rem; border: 0; border-radius: .5rem; background: var(--colour); color: #fff;
      font: inherit; font-weight: 700; cursor: pointer; }
    .problem { border-left: .375rem solid #b00020; padding: .5rem .75rem; font-weight: 600; }
    .score { font-size: 4rem; font-weight: 800; line-height: 1.1; margin: 0; }
    table { width: 100%; border-collapse: collapse; }
    th, td { text-align: left; padding: .5rem 0; border-bottom: 1px solid #8886; }
    td { text-align: right; font-variant-numeric: tabular-nums; }
    </style>
    </head>
    <body>
    <header><a href="/">Pulse</a><span>version {{version}}</span></header>
    <main>

    """

  static let foot = """
    </main>
    </body>
    </html>

    """

  static let surveyPage = """
    {{> head}}
    <h1>How likely are you to recommend us to a friend or colleague?</h1>
    {{#problem}}<p class="problem" role="alert">{{problem}}</p>{{/problem}}
    <form method="post" action="/answers">
    <fieldset>
    <legend>Your score</legend>
    <div class="scores">
    {{#scores}}
    <label><input type="radio" name="score" value="{{number}}" required{{#checked}} checked{{/checked}}><span>{{number}}</span></label>
    {{/scores}}
    </div>
    <p class="ends"><span>0 = not at all</span><span>10 = certainly</span></p>
    </fieldset>
    <label class="block" for="comment">What is the main reason? (optional)</label>
    <textarea id="comment" name="comment" maxlength="{{limit}}">{{comment}}</textarea>
    <p><button type="submit">Send</button></p>
    </form>
    {{> foot}}
    """

  static let thanksPage = """
    {{> head}}
    <h1>Thank you!</h1>
    <p>Your answer helps us to get better.</p>
    <p><a href="/nps">See what others say</a></p>
    {{> foot}}
    """

  static let npsPage = """
    {{> head}}
    <h1>Net Promoter Score</h1>
    <p class="score">{{score}}</p>
    <p>{{answers}}</p>
    <table>
    {{#rows}}
    <tr><th scope="row">{{name}}</th><td>{{count}}</td><td>{{percent}} %</td></tr>
    {{/rows}}
    </table>
    {{> foot}}
    """
}
