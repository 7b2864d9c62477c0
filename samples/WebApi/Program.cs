using WebApi;

WebApplication app = Server.Create(args);
app.Run();
