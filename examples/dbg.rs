use upr_lint::*;
fn main(){ for f in std::env::args().skip(1) { let t=std::fs::read_to_string(&f).unwrap(); let s=text::Source::new(f.clone(),t); let c=check(&s,rules::builtin::rulebook(),&brief::review::Review::default());
 println!("== {f} {:?} state {:?} session {:?} stated {:?} limit {:?} title {:?}", c.brief.language, c.brief.frame.state,c.brief.frame.session,c.brief.frame.stated,c.brief.frame.limit(), c.brief.title.map(|t|c.document.prose.plain(t)));
 for (b,r) in c.document.blocks.iter().zip(&c.brief.roles){ println!("{:?} {:?} {}", b.kind, r, c.document.words(b).chars().take(70).collect::<String>().replace('\n'," ")); }
 for i in &c.brief.issues { println!("ISSUE {} {:?} {:?}", c.document.prose.plain(i.title), i.recommendations, i.questions);}
 for (i,r) in c.brief.recommendations.iter().enumerate(){ println!("REC {:?} {} | {:?} {:?}", r.issue, c.document.prose.plain(r.words), c.readings[i].deadline().map(|(w,d)|(c.document.prose.plain(w),d.kind)), c.letters[i].all()); }
 for q in &c.brief.questions { println!("Q {:?} {}", q.issue, c.document.prose.plain(q.words)); }
 for d in &c.diagnostics { println!("{}:{} {}[{}] «{}» {}", s.line_column(d.span.start).0,s.line_column(d.span.start).1,d.severity,d.rule,s.slice(d.span).chars().take(50).collect::<String>(), d.message); }
}}
